import { parse } from './parse.ts';
import { isNode, walk, type SyntaxNode } from './walk.ts';

/** One place where a file names another: an import, an export from, an `import()`. */
export interface Import {
  /** What stands between the quotes; `undefined` when it is computed. */
  readonly specifier: string | undefined;
  /** Where the quoted text lies in the source, quotes included. */
  readonly start: number;
  readonly end: number;
  /** Nothing of it is left when the program runs. */
  readonly isTypeOnly: boolean;
  /** It is loaded when it is needed, by `import()`. */
  readonly isDynamic: boolean;
}

/** All imports of a file, types included. Throws on a syntax error. */
export function readImports(file: string, code: string): Import[] {
  const found: Import[] = [];
  for (const node of walk(parse(file, code))) {
    const source = sourceOf(node);
    if (!source) continue;
    const { start, end, value } = source;
    found.push({
      specifier: typeof value === 'string' ? value : undefined,
      start,
      end,
      isTypeOnly: isTypeOnly(node),
      isDynamic: node.type === 'ImportExpression',
    });
  }
  return found;
}

function sourceOf(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return isNode(node['source']) ? node['source'] : undefined;
    case 'TSExternalModuleReference':
      return isNode(node['expression']) ? node['expression'] : undefined;
    default:
      return undefined;
  }
}

function isTypeOnly(node: SyntaxNode): boolean {
  if (node.type === 'TSImportType') return true;
  if (node['importKind'] === 'type' || node['exportKind'] === 'type') return true;
  const specifiers = node['specifiers'];
  if (!Array.isArray(specifiers) || specifiers.length === 0) return false;
  return specifiers.every(
    (each) => isNode(each) && (each['importKind'] === 'type' || each['exportKind'] === 'type'),
  );
}
