import { createEncodedFile } from './encoded-file.ts'
import { isWav } from './formats.ts'
import type { AudioFile, AudioFormat, AudioTags } from './file-types.ts'
import { createWavFile } from './wav.ts'

/** A file of sound that grows, in whatever format. */
export const createAudioFile = (
  format: AudioFormat,
  sampleRate: number,
  tags: AudioTags,
): AudioFile =>
  isWav(format) ? createWavFile({ format, sampleRate, tags }) : createEncodedFile(format, tags)
