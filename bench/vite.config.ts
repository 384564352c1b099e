import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The page that measures: the client's own jam and mesh, and no screen. */
export default defineConfig({
  root: here('page'),
  build: { outDir: here('out/page'), emptyOutDir: true, target: 'es2023' },
  logLevel: 'warn',
})
