const ADJECTIVES = [
  'Amber',
  'Brave',
  'Bright',
  'Calm',
  'Clever',
  'Cosmic',
  'Dusty',
  'Eager',
  'Gentle',
  'Golden',
  'Happy',
  'Hidden',
  'Humming',
  'Jolly',
  'Late',
  'Little',
  'Lucky',
  'Lunar',
  'Mellow',
  'Misty',
  'Nimble',
  'Noble',
  'Quick',
  'Quiet',
  'Ruby',
  'Silver',
  'Sleepy',
  'Sunny',
  'Swift',
  'Velvet',
  'Warm',
  'Wild',
]
const ANIMALS = [
  'Badger',
  'Beaver',
  'Bison',
  'Cricket',
  'Dolphin',
  'Falcon',
  'Ferret',
  'Finch',
  'Fox',
  'Gecko',
  'Heron',
  'Ibex',
  'Jackal',
  'Koala',
  'Lark',
  'Lemur',
  'Lynx',
  'Magpie',
  'Marten',
  'Mole',
  'Moth',
  'Newt',
  'Otter',
  'Owl',
  'Panda',
  'Puffin',
  'Raven',
  'Robin',
  'Salmon',
  'Tapir',
  'Walrus',
  'Wren',
]

/**
 * A friendly name such as "Amber Otter", at most 20 characters.
 *
 * @param random from 0 (inclusive) to 1 (exclusive), asked twice
 */
export function suggestName(random: () => number): string {
  return `${pick(ADJECTIVES, random())} ${pick(ANIMALS, random())}`
}

const pick = (words: readonly string[], share: number): string =>
  words[Math.floor(share * words.length)] ?? ''
