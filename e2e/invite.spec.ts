import { expect, test } from './jammers.ts'

const button = { name: 'Join the jam', exact: true } as const

test('a private invite carries its key in the fragment, and survives the name prompt', async ({
  jammers,
  stage,
}) => {
  const [ana] = await jammers(1)
  const link = ana.link()
  expect(link).toMatch(/\/jam#[^.]+\.[A-Za-z0-9_-]{20,}$/)

  const bo = await stage.tabOf(await stage.browserOf('bo'), 'bo')
  await bo.join(link)

  expect(bo.link()).toBe(link)
  await expect(ana.person('bo')).toContainText('here')
})

test('a room typed by name is open, and the page says that others can guess it', async ({
  stage,
  server,
}) => {
  const [ana, bo] = await Promise.all(
    ['ana', 'bo'].map(async (name) => stage.tabOf(await stage.browserOf(name), name)),
  )
  if (!ana || !bo) throw new Error('two people must be there')
  await ana.page.goto(server.url)
  await ana.page.getByRole('textbox', { name: 'Your name' }).fill('ana')
  await ana.page.getByRole('textbox', { name: 'Room name' }).fill('kitchen table')
  await expect(ana.page.getByText(/guess/i).first()).toBeVisible()
  await ana.page.getByRole('button', { name: 'Open room', exact: true }).click()
  await expect(ana.person('ana')).toBeVisible()

  await bo.join(ana.link())

  expect(ana.link()).toMatch(/\/jam#kitchen[^.]*table$/)
  await expect(ana.person('bo')).toContainText('here')
})

test('a private invite whose key was cut off is told apart from an open room', async ({
  jammers,
  stage,
}) => {
  const [ana] = await jammers(1)
  const bo = await stage.tabOf(await stage.browserOf('bo'), 'bo')

  await bo.page.goto(ana.link().slice(0, -8))

  await expect(bo.page.getByRole('heading').or(bo.page.getByRole('alert')).first()).toBeVisible()
  await expect(bo.page.getByText(/cut off|incomplete|whole link/i).first()).toBeVisible()
  await expect(bo.page.getByRole('button', button)).toBeHidden()
})

test('before joining, the page says that people in the room can see the network address', async ({
  jammers,
  stage,
}) => {
  const [ana] = await jammers(1)
  const bo = await stage.tabOf(await stage.browserOf('bo'), 'bo')

  await bo.page.goto(ana.link())

  await expect(bo.page.getByText(/network address/i).first()).toBeVisible()
})

test('neither the room’s name nor its key ever reaches the server', async ({ stage, server }) => {
  const ana = await stage.tabOf(await stage.browserOf('ana'), 'ana')
  const told: string[] = []
  ana.page.on('request', (request) => told.push(request.url(), request.postData() ?? ''))
  ana.page.on('websocket', (socket) => {
    told.push(socket.url())
    socket.on('framesent', ({ payload }) => told.push(payload.toString()))
  })
  await ana.page.goto(server.url)
  await ana.startJam()
  const [room = '', key = ''] = new URL(ana.link()).hash.slice(1).split('.')

  await expect.poll(() => told.some((text) => text.includes('hello'))).toBe(true)
  expect(key.length).toBeGreaterThanOrEqual(20)
  for (const text of told) {
    expect(text).not.toContain(key)
    expect(text).not.toContain(decodeURIComponent(room))
  }
})
