// What the page knows of this laptop: its session, whether the vault is open, and the state the
// agent tells.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'

import { type Refusal, Refused, Unreachable } from '@/api/answer'
import { standing } from '@/api/client'
import { lastMoved } from '@/api/presence'
import { flushDrafts } from '@/record/draft'
import { minuteMs } from '@/schema/time'
import { useCatalog } from '@/stores/catalog'
import { useLive } from '@/stores/live'

import * as agent from './agent'
import { takeToken } from './token'

export const useLaptop = defineStore('laptop', () => {
  const catalog = useCatalog()
  const live = useLive()
  const session = ref<agent.SessionDocument | null>(null)
  const vault = ref<agent.Vault>('locked')
  const state = shallowRef<agent.LaptopState | null>(null)
  const ready = ref(false)
  const unreachable = ref(false)
  /** Why a link did not open the page. */
  const refusal = ref<Refusal | null>(null)

  const isOpen = computed(() => vault.value === 'open' && session.value !== null)
  const isEnrolled = computed(() => !['none', 'pending'].includes(state.value?.device_state ?? 'none'))

  async function take(found: agent.SessionDocument) {
    session.value = found
    standing.csrf = found.csrf
    vault.value = found.vault
    try {
      state.value = await agent.stateNow()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
    }
  }
  /** A refused request may say what there is to open. */
  function refused(why: Refusal) {
    session.value = null
    const told = (why as Refusal & { vault?: agent.Vault }).vault
    if (told) vault.value = told
  }
  /** By the link's token, else by the cookie the browser holds. */
  async function begin() {
    const token = takeToken()
    unreachable.value = false
    try {
      await take(token ? await agent.enter(token) : await agent.current())
    } catch (error) {
      if (error instanceof Unreachable) unreachable.value = true
      else if (!(error instanceof Refused)) throw error
      else if (token) {
        refusal.value = error.refusal
        await byCookie()
      } else refused(error.refusal)
    }
    ready.value = true
  }
  async function byCookie() {
    try {
      await take(await agent.current())
      refusal.value = null
    } catch (error) {
      if (error instanceof Refused) refused(error.refusal)
      else if (error instanceof Unreachable) unreachable.value = true
      else throw error
    }
  }
  /** Errors: Refused, Unreachable. */
  async function unlock(passphrase: string) {
    await take(await agent.unlock(passphrase))
  }
  /** Errors: Refused, Unreachable. */
  async function makeVault(passphrase: string) {
    await take(await agent.makeVault(passphrase))
  }
  function closed() {
    if (vault.value === 'open') vault.value = 'locked'
    live.end()
    catalog.forget()
  }
  async function lock() {
    await flushDrafts()
    try {
      await agent.lock()
    } catch {
      // Unreachable or locked already: nothing is left to close here.
    }
    closed()
  }
  async function renew() {
    session.value = await agent.current()
    standing.csrf = session.value.csrf
  }
  standing.renew = renew
  standing.signedOut = closed

  function listen() {
    live.start({
      state: (told: agent.LaptopState) => {
        state.value = told
        if (told.vault !== 'open') closed()
      },
    })
  }
  /** Reading, too, is being there: tells the agent once a minute while somebody moves. */
  function stayAwake(): () => void {
    const timer = setInterval(() => {
      if (isOpen.value && Date.now() - lastMoved() < minuteMs) agent.current(false).catch(() => {})
    }, minuteMs)
    return () => clearInterval(timer)
  }
  return { session, vault, state, ready, unreachable, refusal, isOpen, isEnrolled, begin, unlock, makeVault, lock, listen, stayAwake }
})
