import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The pages that measure: the client's own jam and mesh without a screen, and stock y-webrtc. */
export default defineConfig({
  root: here('page'),
  build: {
    outDir: here('out/page'),
    emptyOutDir: true,
    target: 'es2023',
    rolldownOptions: {
      input: ['index', 'ours', 'stock', 'changes', 'clock', 'sound', 'export'].map((name) =>
        here(`page/${name}.html`),
      ),
    },
  },
  logLevel: 'warn',
})
