// Who is signed in, and the language the pages speak.
import { defineStore } from 'pinia'
import { ref } from 'vue'

import { Refused } from '@/api/answer'
import { standing } from '@/api/client'
import * as api from '@/api/session'

export const useSession = defineStore('session', () => {
  const document = ref<api.SessionDocument | null>(null)
  /** Signed out by the program rather than by the person: the page says so. */
  const expired = ref(false)

  function take(found: api.SessionDocument | null) {
    document.value = found
    standing.csrf = found?.csrf ?? ''
    if (found) expired.value = false
  }
  /** The session the browser still holds, if it holds one. Errors: Unreachable. */
  async function restore() {
    try {
      take(await api.current())
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      take(null)
    }
  }
  async function signIn(who: api.Credentials) {
    take(await api.signIn(who))
  }
  /** Leaves in any case; the program forgets the session when it can be reached. */
  async function signOut() {
    try {
      await api.signOut()
    } catch {
      // Unreachable or already ended: nothing is left to do here.
    }
    take(null)
  }
  standing.renew = restore
  standing.signedOut = () => {
    if (document.value) expired.value = true
    take(null)
  }
  return { document, expired, restore, signIn, signOut, take }
})
