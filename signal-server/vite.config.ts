import { defineConfig } from 'vite'

// Everything in one folder: the server then runs beside nothing but Node. What only some need is in files of its own.
export default defineConfig({
  build: {
    ssr: 'src/main.ts',
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: true,
  },
  ssr: { noExternal: true },
})
