/**
 * Keeps what a user has besides a first factor. The factor itself is an authenticator app;
 * backup codes stand in for it and go with it.
 */
export interface SecondFactorStore {
  /** Keeps a secret that is not yet proved, in place of another such. `false` when an app is enrolled, or the user is gone. */
  beginTotp(userId: string, sealedSecret: string, now: number): Promise<boolean>;
  /**
   * Enrols the app of this secret, with the backup codes that come with it. `false` when the
   * secret was replaced meanwhile, enrolled or removed.
   */
  enrolTotp(userId: string, enrolment: TotpEnrolment, now: number): Promise<boolean>;
  /** Takes a time step: `false` when it, or a later one, was taken before, or the app is another. */
  takeTotpStep(userId: string, sealedSecret: string, step: number): Promise<boolean>;
  /** Removes the app and all backup codes. `false` when there was no app, proved or not. */
  removeTotp(userId: string, now: number): Promise<boolean>;
  /** Makes these the only backup codes. `false` when no app is enrolled. */
  replaceBackupCodes(userId: string, hashes: readonly string[], now: number): Promise<boolean>;
  removeBackupCodes(userId: string, now: number): Promise<void>;
  hasBackupCode(userId: string): Promise<boolean>;
  /** Uses a backup code: `false` when there is none of this hash, or it was used. */
  useBackupCode(userId: string, hash: string, now: number): Promise<boolean>;
}

export interface TotpEnrolment {
  readonly sealedSecret: string;
  /** The step of the code that proved it. */
  readonly step: number;
  /** The session in which it was proved. */
  readonly sessionId: string;
  readonly backupCodeHashes: readonly string[];
}
