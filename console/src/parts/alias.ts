/** Contract 1.8. */
const ALIAS = /^(?!\d{12}$)[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]$/;

/** An account may be called so. */
export const isAlias = (text: string): boolean => ALIAS.test(text);
