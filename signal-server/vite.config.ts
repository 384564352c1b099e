import { defineConfig } from 'vite'
import { nativeBinding } from './native-binding.ts'

// Everything in one folder: the server then runs beside nothing but Node. What only some need is in files of its own.
export default defineConfig({
  plugins: [nativeBinding()],
  build: {
    ssr: 'src/main.ts',
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: true,
    // All of it lies beside the binary.
    rolldownOptions: { output: { chunkFileNames: '[name].js' } },
  },
  ssr: { noExternal: true },
})
