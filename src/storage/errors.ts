/** What stops the store from opening, copying or restoring, in a sentence for the person at the machine, and what to do. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly hint: string;

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}
