import { allLinked, expect, test } from './jammers.ts'

const C4 = 60

test('a reload keeps the seat, the song and the chat', async ({ jammers }) => {
  const [ana, bo] = await jammers(2)
  await bo.toggle(C4, 1)
  await bo.say('still here?')

  await bo.reload()

  await allLinked([ana, bo])
  await expect(bo.page.getByRole('list', { name: 'People' }).getByRole('listitem')).toHaveCount(2)
  await expect(ana.page.getByRole('list', { name: 'People' }).getByRole('listitem')).toHaveCount(2)
  await expect(bo.chat).toContainText('still here?')
  await bo.openTrack('bo')
  await expect.poll(() => bo.place(C4, 1)).toMatch(/^velocity/)
})
