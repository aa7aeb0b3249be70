import type { Agent, AuditEntry } from '../audit-log/audit-log.ts';
import type { InstanceSettings } from './settings.ts';

export type InstanceType = 'development' | 'production';

/** What the server knows of its instance at this moment. */
export interface InstanceState {
  readonly id: string;
  readonly type: InstanceType;
  readonly publishableKey: string;
  /** The issuer of session tokens: `https://` and the host inside the publishable key. */
  readonly issuer: string;
  /** Where hosted pages and the Frontend API are reached, without a trailing slash. */
  readonly publicUrl: string;
  /** The settings as of now; a change made elsewhere shows within a second. */
  readonly settings: InstanceSettings;
  /** Reads the settings again, at most once a second; `undefined` where they are fresh. */
  refresh(): Promise<void> | undefined;
  /**
   * Keeps changed settings; they count at once here, elsewhere within a second.
   *
   * @param by who changes them: default, the operator
   * @param fields the names of what was given, for the audit log
   */
  save(settings: InstanceSettings, by?: Agent, fields?: readonly string[]): Promise<void>;
  /** The same of some settings: the others stay as the store has them, also what changed elsewhere a moment ago. */
  change(change: Partial<InstanceSettings>, by: Agent, fields: readonly string[]): Promise<void>;
}

export interface InstanceRecord {
  readonly id: string;
  readonly type: InstanceType;
  readonly settings: InstanceSettings;
  readonly createdAt: number;
}

export interface InstanceStore {
  find(): Promise<InstanceRecord | undefined>;
  /** Makes the one instance. `false` where there is one. */
  create(record: InstanceRecord): Promise<boolean>;
  saveSettings(settings: InstanceSettings, entry: AuditEntry): Promise<void>;
  /** Changes some, and answers all as they are now. */
  changeSettings(change: Partial<InstanceSettings>, entry: AuditEntry): Promise<InstanceSettings>;
}
