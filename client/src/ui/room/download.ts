import { ROOM_WORDS } from '../../words/room.ts'

/**
 * Gives a file to the person to keep.
 *
 * @param name any text; what no file system takes is left out
 * @param ending  what kind of file it is
 */
export function download(file: Blob, name: string, ending = 'beatcord'): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = `${name.replace(/[^\p{L}\p{N} ,_-]/gu, '').trim() || ROOM_WORDS.namelessFile}.${ending}`
  link.click()
  URL.revokeObjectURL(url)
}
