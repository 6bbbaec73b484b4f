/**
 * What is loaded at its first use, and kept. A load that fails, as where too many files are open, is kept for nobody: the next use
 * tries again, and Node reads again the modules that it could not load.
 */
export function loadedOnce<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loading: Promise<Value> | undefined;
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
}
