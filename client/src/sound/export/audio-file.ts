import { createEncodedFile, ENCODED_RATE } from './encoded-file.ts'
import { isWav, type AudioFile, type AudioFormat, type AudioTags } from './file-types.ts'
import { createWavFile } from './wav.ts'

/** Frames in a second of a file in this format. @param playedRate  of what is played */
export const rateOf = (format: AudioFormat, playedRate: number): number =>
  isWav(format) ? playedRate : ENCODED_RATE

/** A file of sound that grows, in whatever format. */
export const createAudioFile = (
  format: AudioFormat,
  sampleRate: number,
  tags: AudioTags,
): AudioFile =>
  isWav(format) ? createWavFile({ format, sampleRate, tags }) : createEncodedFile(format, tags)
