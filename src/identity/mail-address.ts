/** RFC 5321 section 4.1.2, the forms in use: no quoted names, no address literals, and printable ASCII alone. */
const ADDRESS =
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*$/i;

/** Whether mail can be sent to `text` as it stands: one address, and nothing that a mail's head or a server would read as more. */
export const isMailAddress = (text: string): boolean => text.length <= 254 && ADDRESS.test(text);
