/** Packs the built page once, so that the server does not pack it for each visitor. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const CLIENT = fileURLToPath(new URL('../client/dist', import.meta.url))
const PACKABLE = /\.(html|js|css|svg|json|webmanifest|txt|map)$/
/** Below this many bytes it is not worth it. */
const LEAST_BYTES = 1024

const files = statSync(CLIENT, { throwIfNoEntry: false })
  ? readdirSync(CLIENT, { recursive: true, encoding: 'utf8' })
  : []
for (const file of files.filter((name) => PACKABLE.test(name))) {
  const path = join(CLIENT, file)
  const bytes = readFileSync(path)
  if (bytes.length < LEAST_BYTES) continue
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }))
  writeFileSync(`${path}.br`, brotliCompressSync(bytes))
}
