import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { plainLogging } from './build/plain-logging.ts'
import { secondMinifying } from './build/second-minifying.ts'
import { serviceWorker } from './build/service-worker.ts'
import { slimSimplePeer } from './build/slim-simple-peer.ts'
import { slimYjs } from './build/slim-yjs.ts'

/** The group takes in all that this imports. */
const START = /\/client\/src\/main\.ts$/

const signalServer = `http://localhost:${process.env['PORT'] ?? '3000'}`

export default defineConfig({
  plugins: [vue(), slimSimplePeer(), slimYjs(), plainLogging(), secondMinifying(), serviceWorker()],
  worker: { format: 'es', plugins: () => [secondMinifying()] },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // Nothing is inlined and nothing is polyfilled: the page's security policy allows files of our own only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // All that the start needs is one file: by itself it would be twenty, since most of it is asked for from elsewhere too.
        codeSplitting: { groups: [{ name: 'start', test: START }] },
      },
    },
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
