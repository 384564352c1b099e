import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const PASSED_OVER = new Set(['node_modules', 'dist', 'coverage', 'out', 'test-results', '.git'])

/** Files below a folder whose name fits, with forward slashes, sorted; none when the folder is not there. */
export function filesBelow(folder, fits) {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return []
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      if (PASSED_OVER.has(entry.name)) return []
      const path = join(folder, entry.name).replaceAll('\\', '/')
      if (entry.isDirectory()) return filesBelow(path, fits)
      return fits.test(entry.name) ? [path] : []
    })
    .sort()
}
