/** The first of some files that may be a MIDI file. */
export const midiFileIn = (files: Iterable<File>): File | undefined =>
  [...files].find(({ name, type }) => /\.midi?$/i.test(name) || /^audio\/(x-)?midi?$/.test(type))
