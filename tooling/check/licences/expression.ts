/**
 * Whether a licence expression, such as `(MIT OR GPL-3.0) AND ISC`, is met by the allowed
 * licences alone. What cannot be read is not covered.
 */
export function isCovered(expression: string, allowed: readonly string[]): boolean {
  const tokens = expression.match(/\(|\)|[^\s()]+/g) ?? [];
  const either = (): boolean => {
    let isMet = both();
    while (tokens[0] === 'OR') {
      tokens.shift();
      isMet = both() || isMet;
    }
    return isMet;
  };
  const both = (): boolean => {
    let isMet = one();
    while (tokens[0] === 'AND') {
      tokens.shift();
      isMet = one() && isMet;
    }
    return isMet;
  };
  const one = (): boolean => {
    const token = tokens.shift() ?? '';
    if (token !== '(') return allowed.includes(token);
    const isMet = either();
    return tokens.shift() === ')' && isMet;
  };
  const isMet = either();
  return isMet && tokens.length === 0;
}
