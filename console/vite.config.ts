import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { unpackFonts } from "./fonts.ts";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "#global.css": unpackFonts() } },
  build: {
    // scripts and styles are files: the content security policy allows nothing inline
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    manifest: "manifest.json",
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
  test: {
    environment: "happy-dom",
    pool: "threads",
    // the files share a window and what they load: each alone, the same code is run through fourteen times
    isolate: false,
    include: ["test/**/*.test.{ts,tsx}"],
    setupFiles: ["test/set-up.ts"],
    css: false,
    // the first test of a file waits until its pages are loaded
    testTimeout: 60_000,
    server: { deps: { inline: [/@cloudscape-design/] } },
  },
});
