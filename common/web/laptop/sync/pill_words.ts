// The pill and the card in the reader's language.
import type { ComposerTranslation } from 'vue-i18n'

import { shortTime } from '@/schema/time'

import type { SyncState } from '../agent/agent'
import { bytesText, type Pill } from './pill'

type Say = ComposerTranslation

const phases = new Set(['push', 'pull', 'attachments', 'bye'])

/** "1 条冲突，2 条未读": what waits to be looked at. */
function mattersText(sync: SyncState, t: Say): string {
  const said = []
  if (sync.cases > 0) said.push(t('laptop.pill.cases', sync.cases))
  if (sync.unread > 0) said.push(t('laptop.pill.unread', sync.unread))
  return said.join(t('laptop.comma'))
}
export function unsentText(sync: SyncState, t: Say): string {
  const said = []
  if (sync.unsent > 0) said.push(t('laptop.pill.unsent', sync.unsent))
  if (sync.attachments_to_send > 0) said.push(t('laptop.pill.attachments', sync.attachments_to_send))
  return said.join(t('laptop.comma'))
}
export function progressText(sync: SyncState, t: Say): string {
  const progress = sync.progress
  if (!progress || !phases.has(progress.phase)) return t(progress?.phase === 'finished' ? 'laptop.phase.bye' : 'laptop.phase.hello')
  const { phase, sent, received, bytes } = progress
  return t(`laptop.phase.${phase}`, { sent, unsent: Math.max(sent, sync.unsent), received, bytes: bytesText(bytes) })
}

/** The pill's words. */
export function pillText(pill: Pill, sync: SyncState, t: Say): string {
  switch (pill.name) {
    case 'syncing':
      return progressText(sync, t)
    case 'attention':
      return mattersText(sync, t) || t('laptop.pill.attention')
    case 'late':
      return t('laptop.pill.late', sync.days_without)
    case 'offline':
      return `${t('laptop.pill.offline')} · ${unsentText(sync, t) || t('laptop.pill.kept')}`
    case 'waiting':
      return unsentText(sync, t)
    case 'never':
      return t('laptop.pill.never')
    case 'synced':
      return t('laptop.pill.synced', { time: sync.last ? shortTime(sync.last) : '' })
  }
}

/** The card's heading and the line below it. */
export function cardText(pill: Pill, sync: SyncState, t: Say): [string, string] {
  const last = sync.last ? t('laptop.pill.synced', { time: shortTime(sync.last) }) : t('laptop.pill.never')
  const kept = t('laptop.card.kept')
  switch (pill.name) {
    case 'syncing':
      return [t('laptop.card.syncing'), `${progressText(sync, t)}${t('laptop.comma')}${t('laptop.card.resumes')}`]
    case 'attention':
      return [mattersText(sync, t) || t('laptop.pill.attention'), t('laptop.card.notGreen')]
    case 'late':
      return [t('laptop.pill.late', sync.days_without), unsentText(sync, t) ? `${unsentText(sync, t)}${t('laptop.comma')}${kept}` : kept]
    case 'offline':
      return [unsentText(sync, t) || t('laptop.pill.offline'), t('laptop.card.offline')]
    case 'waiting':
      return [unsentText(sync, t), kept]
    case 'never':
      return [t('laptop.pill.never'), t('laptop.card.never')]
    case 'synced':
      return [t('laptop.card.synced'), last]
  }
}
