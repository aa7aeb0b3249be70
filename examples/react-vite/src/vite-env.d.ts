interface ImportMetaEnv {
  /** The address of the Willcall server. */
  readonly VITE_WILLCALL_URL?: string;
}
