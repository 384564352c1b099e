import { defineConfig } from 'vite'

// Everything in one file: the server then runs beside nothing but Node.
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
