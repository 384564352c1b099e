import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const signalServer = `http://localhost:${process.env['PORT'] ?? '3000'}`

export default defineConfig({
  plugins: [vue()],
  // The npm entry of simple-peer wants Node's streams; its bundle brings its own. Written as an expression because a
  // string would also match the replacement.
  resolve: { alias: [{ find: /^simple-peer$/, replacement: 'simple-peer/simplepeer.min.js' }] },
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // Nothing is inlined and nothing is polyfilled: the page's security policy allows files of our own only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  server: {
    headers: {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    },
    proxy: {
      '/ws': { target: signalServer, ws: true },
      '/api': signalServer,
      '/health': signalServer,
    },
  },
})
