import { createHash } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BUILT = fileURLToPath(new URL('../client/dist', import.meta.url))

/** A copy of the built page, from which the next one can be made. */
export interface PageCopy {
  readonly folder: string
  /** Makes another build of it: under another title, and without one of its scripts. @returns that one's path */
  renew(title: string, script: string): Promise<string>
  remove(): Promise<void>
}

export async function copyOfPage(): Promise<PageCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'beatcord-page-'))
  // What is packed already would go on saying what it said.
  await cp(BUILT, folder, { recursive: true, filter: (file) => !/\.(br|gz)$/.test(file) })
  const change = async (file: string, by: (text: string) => string): Promise<string> => {
    const changed = by(await readFile(join(folder, file), 'utf8'))
    await writeFile(join(folder, file), changed)
    return changed
  }
  return {
    folder,
    async renew(title, script) {
      const assets = await readdir(join(folder, 'assets'))
      const gone = assets.find((file) => file.startsWith(script) && file.endsWith('.js'))
      if (gone === undefined) throw new Error(`the build must have a ${script}`)
      await rm(join(folder, 'assets', gone))
      const page = await change('index.html', (text) =>
        text.replace(/<title>.*<\/title>/, `<title>${title}</title>`),
      )
      const hash = createHash('sha256').update(page).digest('hex')
      await change('service-worker.js', (text) =>
        text
          .replace(/"version":"[^"]+"/, '"version":"next"')
          .replace(/"pageHash":"[^"]+"/, `"pageHash":"${hash}"`)
          .replace(`"/assets/${gone}",`, ''),
      )
      return `/assets/${gone}`
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
