/** How many digits a code has. */
export const codeLength = 6;

/** The digits of what was typed or pasted, `123 456` and `Code: 123456` included; six at most. */
export function readCode(text: string): string {
  return text.replaceAll(/\D/g, '').slice(0, codeLength);
}
