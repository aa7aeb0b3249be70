import type { DeletedObjectJSON } from '@willcall/contract';

/** What deleting answers. */
export interface DeletedObject {
  readonly id: string;
  readonly deleted: true;
}

/** The answer to deleting, from the wire. */
export function readDeleted({ id, deleted }: DeletedObjectJSON): DeletedObject {
  return { id, deleted };
}
