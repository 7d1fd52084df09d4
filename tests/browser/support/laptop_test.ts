// What the specs of the laptop's page start from: one laptop of a salesperson on one cable to the
// office, let in by the first run. The tests of a file follow each other as a day does.
import { type Cable, makeCable } from './cable'
import { approve, type Laptop, makeLaptop } from './laptop'
import { enter, firstRun, unlock } from './laptop_page'
import { expect, test as base } from './test'

interface Fixtures {
  /** Starts the laptop's program anew and unlocks the page; `clock` shifts its time. */
  begin: (clock?: string) => Promise<void>
}
interface WorkerFixtures {
  /** Whose laptop it is. */
  person: string
  cable: Cable
  laptop: Laptop
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  person: ['chenj', { option: true, scope: 'worker' }],
  cable: [
    async ({ office }, use) => {
      const cable = await makeCable(office.host)
      await use(cable)
      cable.remove()
    },
    { scope: 'worker' },
  ],
  laptop: [
    async ({}, use) => {
      const laptop = await makeLaptop()
      await use(laptop)
      await laptop.end()
    },
    { scope: 'worker' },
  ],
  begin: async ({ page, laptop, office, cable, person }, use) => {
    await use(async (clock) => {
      await laptop.stop()
      const link = await laptop.start(clock)
      if (laptop.isEnrolled) {
        await enter(page, link)
        await unlock(page)
        return
      }
      await firstRun(page, link, office.invite(person, cable.host))
      approve(office)
      await expect(page.getByRole('navigation', { name: '主菜单' })).toBeVisible({ timeout: 60_000 })
      laptop.isEnrolled = true
    })
  },
})
export { expect }
