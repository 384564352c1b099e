import { createAudioFile } from './audio-file.ts'
import type { ExportOrder, ExportReport } from './export-types.ts'
import type { AudioFile } from './file-types.ts'
import { EXTENSIONS } from './formats.ts'
import { renderStretch } from './stretch.ts'
import { zip, type NamedFile } from './zip.ts'

type Exported = Extract<ExportReport, { readonly type: 'done' }>

interface Written {
  readonly file: AudioFile
  readonly name: string
  isHeard: boolean
}

/**
 * Renders what was ordered into a file: the mix, or an archive of the stems that are heard.
 *
 * @param tell  0 to 1, after each part
 * @throws (rejects) whatever the encoder does, and RangeError when the archive is too large
 */
export async function exportFile(
  order: ExportOrder,
  tell: (done: number) => void,
): Promise<Exported> {
  const { stretch, format, tags, name, stemNames } = order
  const { sampleRate } = stretch
  const names = stemNames ?? [name]
  const written = names.map((of): Written => {
    const title = stemNames === undefined ? tags.title : `${tags.title}: ${of}`
    return {
      file: createAudioFile(format, sampleRate, { ...tags, title }),
      name: of,
      isHeard: false,
    }
  })
  let frames = 0
  for (const part of renderStretch(stretch)) {
    const sides = stemNames === undefined ? [part] : part.stems
    for (const [place, { left, right }] of sides.entries()) {
      const one = written[place]
      if (one === undefined) continue
      one.isHeard ||= left.some(Boolean) || right.some(Boolean)
      await one.file.add(left, right)
    }
    frames += part.left.length
    tell(part.done)
  }
  const seconds = frames / sampleRate
  const extension = EXTENSIONS[format]
  if (stemNames === undefined) {
    const blob = await written[0]?.file.finish()
    return { type: 'done', file: blob ?? new Blob(), extension, seconds }
  }
  const files: NamedFile[] = []
  for (const { file, name: of, isHeard } of written) {
    const blob = await file.finish()
    if (isHeard) files.push({ name: `${of}.${extension}`, blob })
  }
  return { type: 'done', file: await zip(files, order.at), extension: 'zip', seconds }
}
