/** A node of a syntax tree, as the parser gives it: plain data with positions. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

/** Every node of a syntax tree, the tree itself first, in the order of the source. */
export function* walk(tree: unknown): Generator<SyntaxNode> {
  if (Array.isArray(tree)) {
    for (const part of tree) yield* walk(part);
  } else if (isNode(tree)) {
    yield tree;
    for (const part of Object.values(tree)) yield* walk(part);
  }
}

/** Whether a value is a node, and one of this type where a type is given. */
export function isNode(value: unknown, type?: string): value is SyntaxNode {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  return typeof value.type === 'string' && (type === undefined || value.type === type);
}
