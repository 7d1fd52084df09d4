import { pill } from './support/laptop_page'
import { expect, test } from './support/laptop_test'

test.setTimeout(240_000)

interface Visit {
  content?: string
}
/** Where in a whole sync the cable is cut: shares of what it carries, from the first greeting to the parting. */
const cuts = [
  ['the greeting', 'up', 0],
  ['the answer to the greeting', 'down', 0.02],
  ['the first of what is sent', 'up', 0.2],
  ['the middle of what is sent', 'up', 0.6],
  ['what is received', 'down', 0.5],
  ['the last of what is sent', 'up', 0.97],
  ['the parting', 'down', 0.97],
] as const

test('a sync cut anywhere loses nothing, and the next one brings each visit once', async ({ page, begin, cable, laptop, office }) => {
  await begin()
  await expect(pill(page)).toHaveAttribute('data-state', 'synced', { timeout: 60_000 })
  await page.goto(`${laptop.address}/sync`)
  const now = page.getByRole('button', { name: /立即同步/ })
  const name = office.customers[office.customers.length - 4]!
  const contents: string[] = []
  const work = (content: string) => {
    contents.push(content)
    laptop.run('visit', 'add', '-c', name, '--purpose', '回访', content)
    laptop.run('attach', 'add', '-c', name, '--doc-kind', '其他', office.file(`${contents.length}.txt`, content.repeat(2000)))
  }
  const times = () => {
    const told = (office.run('hanm', 'communication', 'list', '--limit', '1000') as Visit[]).map((each) => each.content)
    return contents.map((content) => told.filter((each) => each === content).length)
  }
  work('量一次完整的同步')
  cable.plug()
  await now.click()
  await expect(pill(page)).toHaveAttribute('data-state', 'synced', { timeout: 30_000 })
  const whole = { ...cable.carried }

  for (const [where, direction, share] of cuts) {
    work(`断在${where}`)
    cable.cutAfter(direction, Math.floor(whole[direction] * share))
    await now.click()
    await expect.poll(() => cable.isCut(), { message: where }).toBe(true)
    await expect(pill(page), where).toHaveAttribute('data-state', /offline|waiting/)
    await expect(page.locator('#page .bad').first(), where).toBeVisible()
    cable.plug()
    await now.click()
    await expect(pill(page), where).toHaveAttribute('data-state', 'synced', { timeout: 30_000 })
    expect(times(), where).toEqual(contents.map(() => 1))
  }
  expect((office.run('hanm', 'attach', 'list', name) as unknown[]).length).toBe(contents.length)
})

// Last: its store has seen days that are still to come.
test('a laptop four days without a sync says that it is late', async ({ page, begin, cable }) => {
  cable.cutAfter('up', 0)
  await begin('+4d')
  await expect(pill(page)).toHaveAttribute('data-state', 'late', { timeout: 60_000 })
  await expect(pill(page)).toContainText('天未同步')
  cable.plug()
})
