export const CODE_DIGITS = 6;

/** The code in what was typed or pasted: digits of any script's width, nothing else, six at most. */
export const digitsOf = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[^0-9]/g, "")
    .slice(0, CODE_DIGITS);

export const isCode = (code: string): boolean => code.length === CODE_DIGITS;
