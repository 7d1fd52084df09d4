import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { SyncState } from '../laptop/agent/agent'
import { tokenIn } from '../laptop/agent/token'
import { groupsOf, stationsOf, stepOf } from '../laptop/first_run/steps'
import { caseView, type OwnCase } from '../laptop/inbox/columns'
import { sorted, trayItems } from '../laptop/inbox/items'
import { fateOf, type TrayItem, type TrayRow, trayRows } from '../laptop/inbox/tray'
import { pendingWords, readingWith } from '../laptop/record/pending'
import { lookOf } from '../laptop/record/standing'
import { byCustomer, pendingItems } from '../laptop/sync/pending'
import { bytesText, pillOf, shareOf } from '../laptop/sync/pill'
import { countersOf } from '../laptop/sync/report'
import { comingSteps, dueSteps, mattersOf, needing, type Visit } from '../laptop/today/matters'
import { attemptOf } from '../laptop/unlock/attempts'
import { dayChips, endOf, freshVisit, inputsOf, missingOf, movedBy, withMinutes } from '../laptop/visit/visit'
import { type Answer, Refused, Unreachable } from '../shared/api/answer'
import { draftEveryMs, draftKeeper } from '../shared/record/draft_keeper'
import { reasonIn, saidAt, saidUnder } from '../shared/record/told'
import type { Kind } from '../shared/schema/kinds'

const answer = <T>(data: unknown, parts: Answer['parts'] = []): Answer<T> => ({ parts, notes: [], data: data as T, next: '', code: 0 })

describe('the sync pill', () => {
  const sync = (some: Partial<SyncState> = {}): SyncState => ({ state: 'synced', office: 'reached', unsent: 0, attachments_to_send: 0, attachments_to_fetch: 0, unread: 0, cases: 0, oldest_unsent: null, last: '2026-03-24T13:06:00Z', next_try: null, late_after_days: 3, days_without: 0, night: null, progress: null, error: null, answer: null, ...some })
  const name = (some: Partial<SyncState>) => pillOf(sync(some)).name

  it('is green only when nothing waits, whatever the agent calls the state', () => {
    expect(pillOf(sync()).tone).toBe('ok')
    for (const some of [{ unread: 1 }, { cases: 1 }, { unsent: 1 }, { attachments_to_send: 1 }]) expect(pillOf(sync(some)).tone).not.toBe('ok')
  })
  it('says what matters most: a sync under way, then matters, then lateness, then that one is offline', () => {
    const worst = { unread: 1, unsent: 2, office: 'unreachable' as const }
    expect(name({ ...worst, state: 'syncing' })).toBe('syncing')
    expect(name({ ...worst, state: 'late' })).toBe('attention')
    expect(name({ ...worst, unread: 0, state: 'late' })).toBe('late')
    expect(name({ ...worst, unread: 0, state: 'waiting' })).toBe('offline')
    expect(name({ state: 'waiting', unsent: 2 })).toBe('waiting')
    expect(name({ state: 'never', last: null })).toBe('never')
  })
  it('is grey, never red, for being offline', () => {
    expect(pillOf(sync({ office: 'unreachable', state: 'waiting', unsent: 3 })).tone).toBe('off')
  })
  it('tells a share only where there is one', () => {
    const at = (phase: string, sent: number) => shareOf({ phase, sent, received: 0, bytes: 0 }, 4)
    expect([at('hello', 0), at('push', 1), at('push', 9), at('pull', 4), at('bye', 4)]).toEqual([undefined, 0.25, 1, undefined, 1])
  })
  it('names sizes in a unit people read', () => {
    expect([0, 1023, 88_064, 1_258_291].map(bytesText)).toEqual(['0 B', '1023 B', '86 KB', '1.2 MB'])
  })
})

describe('what waits today', () => {
  const visit = (some: Partial<Visit>): Visit => ({ id: 'v', customer: 'a', name: 'A', at: 1, next: '', next_on: '', kind: 'visit', ...some })

  it('a next step stands until the customer is visited again', () => {
    const agreed = visit({ id: '1', at: 1, next_on: '2026-03-22' })
    expect(dueSteps([agreed], '2026-03-24').map((each) => each.id)).toEqual(['1'])
    expect(dueSteps([agreed, visit({ id: '2', at: 2 })], '2026-03-24')).toEqual([])
    expect(dueSteps([visit({ id: '2', at: 2 }), agreed], '2026-03-24')).toEqual([])
  })
  it('today counts as due, tomorrow as coming', () => {
    const all = [visit({ next_on: '2026-03-24' }), visit({ customer: 'b', next_on: '2026-03-25' })]
    expect(dueSteps(all, '2026-03-24').map((each) => each.customer)).toEqual(['a'])
    expect(comingSteps(all, '2026-03-24').map((each) => each.customer)).toEqual(['b'])
  })
  it('what came back is first, then conflicts, then what is late, the longest first', () => {
    const item = (id: number, state: string, settled = false, told_by_case = false) => ({ id, op: 'set', kind: 'customer', record: 'r', values: {}, state, reason: '', settled, told_by_case, what: `w${id}`, word: '' })
    const matters = mattersOf(
      [item(1, 'waiting for verification'), item(2, 'refused'), item(3, 'in a case', false, true), item(4, 'waiting for verification', true)],
      [{ number: 9, customer: 'C', field: 'name', due: '2026-03-25' }],
      [visit({ id: 'x', next_on: '2026-03-23' }), visit({ id: 'y', customer: 'b', next_on: '2026-03-20' }), visit({ id: 'z', customer: 'c', next_on: '2026-03-24' })],
      [{ id: 't', text: 'T', due: '' }],
      '2026-03-24',
    )
    expect(matters.map((each) => each.key)).toEqual(['tray-2', 'case-9', 'visit-y', 'visit-x', 'task-t', 'visit-z', 'tray-4', 'tray-1'])
    expect(matters.map((each) => each.late)).toEqual([0, 0, 4, 1, 0, 0, 0, 0])
    expect(needing(matters)).toBe(6)
  })
  it('tells of a file that came back once: why, and until when it goes again', () => {
    const about = { word: 'customer', id: 'f', name: 'F' }
    const task = { id: 't', text: '重新提交', due: '2026-03-26', about }
    const note = { id: 'n', text: '退回: 缺门牌号', reason: '缺门牌号', about }
    const matters = mattersOf([], [], [], [task], '2026-03-24', [{ id: 'f', name: 'F' }], [note])
    expect(matters).toEqual([{ key: 'file-f', kind: 'returned', title: 'F', line: '缺门牌号', day: '2026-03-26', late: 0, record: { word: 'customer', id: 'f' } }])
    const elsewhere = mattersOf([], [], [], [task], '2026-03-24', [], [note])
    expect(elsewhere.map((each) => [each.key, each.title, each.line])).toEqual([['task-t', 'F', '重新提交'], ['note-n', 'F', '退回: 缺门牌号']])
    expect(needing(elsewhere)).toBe(1)
  })
})

describe('a refusal', () => {
  it('that was made good, or that the file left behind, waits for nobody', () => {
    const item: TrayRow = { id: 7, op: 'event', event: 'submit', kind: 'customer', record: 'r', values: {}, state: 'refused', reason: 'x', settled: false, what: '', word: '' }
    expect(mattersOf([item], [], [], [], '2026-03-24').map((each) => each.kind)).toEqual(['refused'])
    expect(mattersOf([{ ...item, settled: true }], [], [], [], '2026-03-24')).toEqual([])
    // What a clerk refused is settled at the office and open for its author.
    expect(mattersOf([{ ...item, op: 'set', settled: true, outcome: 'refused' }], [], [], [], '2026-03-24').map((each) => each.kind)).toEqual(['refused'])
    expect(sorted(trayItems([{ ...item, settled: true }, { ...item, id: 8, state: 'waiting for verification' }])).map((each) => each.key)).toEqual(['tray-8', 'tray-7'])
  })
})

describe('what the office writes in both languages', () => {
  it('is said in the program’s own words, and never split where a person typed a stroke', () => {
    const list = (said: string): Answer => ({ parts: [{ header: ['对象', '类型', '说明'], rows: [['明润', '客户', said]] }], notes: [], data: null, next: '', code: 0 })
    const typed = '联系甲/乙两家: 问价格/交期'
    expect(saidAt(list(typed), 0, 2, typed)).toBe(typed)
    expect(saidUnder(list(typed), 0, '说明', typed)).toBe(typed)
    expect(reasonIn(typed, typed)).toBe('')
    const told = '退回/return: 缺门牌号/楼号: 二期'
    expect(saidAt(list('退回: 缺门牌号/楼号: 二期'), 0, 2, told)).toBe('退回: 缺门牌号/楼号: 二期')
    expect(reasonIn(told, '退回: 缺门牌号/楼号: 二期')).toBe('缺门牌号/楼号: 二期')
    expect(reasonIn('入库/post', '入库')).toBe('')
    // Where the list has no such column the text is told as it is.
    expect(saidUnder(list(typed), 0, undefined, told)).toBe(told)
  })
})

describe('a draft', () => {
  let saved: string[] = []
  let fails = 0
  let states: boolean[] = []
  const keeper = () =>
    draftKeeper('first', {
      save: async (form) => {
        if (fails-- > 0) throw new Error('no')
        saved.push(form)
        return 'now'
      },
      later: (act, ms) => setTimeout(act, ms),
      told: ({ failed }) => states.push(failed),
    })
  beforeEach(() => {
    saved = []
    states = []
    fails = 0
    vi.useFakeTimers()
  })
  afterEach(() => vi.useRealTimers())

  it('is saved once in its time however much is typed, with what was typed last', async () => {
    const draft = keeper()
    for (const form of ['a', 'ab', 'abc']) draft.change(form)
    await vi.advanceTimersByTimeAsync(draftEveryMs - 1)
    expect(saved).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(saved).toEqual(['abc'])
    await vi.advanceTimersByTimeAsync(10 * draftEveryMs)
    expect(saved).toEqual(['abc'])
  })
  it('is saved no oftener while somebody goes on typing', async () => {
    const draft = keeper()
    draft.change('a')
    await vi.advanceTimersByTimeAsync(0.75 * draftEveryMs)
    draft.change('ab')
    await vi.advanceTimersByTimeAsync(0.5 * draftEveryMs)
    draft.change('abc')
    await vi.advanceTimersByTimeAsync(0.6 * draftEveryMs)
    expect(saved).toEqual(['ab'])
    await vi.advanceTimersByTimeAsync(0.4 * draftEveryMs)
    expect(saved).toEqual(['ab', 'abc'])
  })
  it('is not saved for a form that reads as it began', async () => {
    const draft = keeper()
    draft.change('first')
    draft.change('x')
    draft.change('first')
    await vi.advanceTimersByTimeAsync(2 * draftEveryMs)
    expect(saved).toEqual([])
  })
  it('is tried again after it could not be saved, and says so', async () => {
    fails = 1
    const draft = keeper()
    draft.change('a')
    await vi.advanceTimersByTimeAsync(2 * draftEveryMs)
    expect([saved, states]).toEqual([['a'], [true, false]])
  })
  it('is saved at once when the form is left', async () => {
    const draft = keeper()
    draft.change('a')
    await draft.flush()
    expect(saved).toEqual(['a'])
  })
  it('never comes back after the form was done with', async () => {
    const draft = keeper()
    draft.change('a')
    await draft.stop()
    draft.change('b')
    await vi.advanceTimersByTimeAsync(2 * draftEveryMs)
    expect(saved).toEqual([])
  })
})

describe('the first run', () => {
  it('goes passphrase, invite, comparison, approval, and back to the invite without an office', () => {
    expect(stepOf('none', 'none', false)).toBe('passphrase')
    expect(stepOf('open', 'none', false)).toBe('invite')
    expect(stepOf('open', 'none', true)).toBe('compare')
    expect(stepOf('open', 'pending', false)).toBe('wait')
  })
  it('marks the step a differing fingerprint stopped', () => {
    expect(stationsOf('compare', true).map((each) => each.state)).toEqual(['done', 'done', 'returned', 'future'])
    expect(stationsOf('compare', false)[2]!.state).toBe('current')
  })
  it('reads a fingerprint in groups, written with signs or without', () => {
    expect(groupsOf('7KQ3-XR9D')).toEqual(['7KQ3', 'XR9D'])
    expect(groupsOf('7KQ3XR9D')).toEqual(['7KQ3', 'XR9D'])
  })
  it('takes a token only in its own shape', () => {
    expect(tokenIn(`#token=${'a'.repeat(64)}`)).toBe('a'.repeat(64))
    for (const other of ['', '#token=', '#token=short', `#token=${'a'.repeat(64)}&x=1`, `#x=${'a'.repeat(64)}`]) expect(tokenIn(other)).toBeUndefined()
  })
})

describe('an attempt to unlock', () => {
  const refused = (id: string, status: number, seconds?: number) => attemptOf(new Refused({ id, code: 1, message: id, seconds }, status))
  it('is told apart: wrong, to be waited for, no answer, another refusal', () => {
    expect(refused('vault.wrong_passphrase', 401).came).toBe('wrong')
    expect(refused('page.wait', 429, 1.2)).toEqual({ came: 'wait', seconds: 2 })
    expect(refused('page.wrong_token', 401).came).toBe('refused')
    expect(refused('store.failed', 500).came).toBe('refused')
    expect(attemptOf(new Unreachable()).came).toBe('unreachable')
  })
})

describe('a visit', () => {
  const now = Date.parse('2026-03-24T08:30:00Z') // 16:30 at the office
  const kind: Kind = { tag: 'communication', word: 'communication', name: 'V', many: 'Vs', fields: [], needs: [{ field: 'kind', codes: ['visit'], needed: 'purpose' }] }
  const form = freshVisit(now, { id: 'a', name: 'A' }, 'visit')

  it('begins now; a duration moves a time nobody set, so that it ended by now', () => {
    expect(form.started).toBe('2026-03-24 16:30')
    const hour = withMinutes(form, '60', now)
    expect([hour.started, endOf(hour)]).toEqual(['2026-03-24 15:30', '2026-03-24 16:30'])
    const set = withMinutes({ ...form, started: '2026-03-24 09:00', timed: true }, '60', now)
    expect([set.started, endOf(set)]).toEqual(['2026-03-24 09:00', '2026-03-24 10:00'])
  })
  it('without a duration has no end', () => {
    expect(endOf(form)).toBe('')
    expect(inputsOf(form)).toMatchObject({ customer: 'a', kind: 'visit', ended_at: '' })
  })
  it('misses what the kind requires of it, and that only then', () => {
    expect(missingOf(kind, form)).toEqual(['purpose', 'content'])
    expect(missingOf(kind, { ...form, kind: 'phone', content: 'x' })).toEqual([])
    expect(missingOf(kind, { ...form, customer: null, content: '  ', more: { purpose: 'p' } })).toEqual(['customer_id', 'content'])
  })
  it('counts days at the office, over the end of a month', () => {
    expect(dayChips(Date.parse('2026-03-30T17:00:00Z')).map((each) => each.day)).toEqual(['2026-04-01', '2026-04-03', '2026-04-07'])
    expect(movedBy('2026-03-01 00:10', -20)).toBe('2026-02-28 23:50')
  })
})

describe('what the laptop tells', () => {
  it('a tray item has the words of its own line, whichever lines are missing', () => {
    const item = (id: number) => ({ id, op: 'set', kind: 'customer', record: 'r', values: { name: 'X' }, state: 'refused', reason: 'why', settled: false })
    const rows = trayRows(answer<TrayItem[]>({ items: [item(3), item(2)] }, [{ line: '[3] refused  change A: name X' }, { line: '    why' }, { line: 'mark them' }]))
    expect(rows.map((row) => [row.word, row.what])).toEqual([['refused', 'change A: name X'], ['', 'X']])
  })
  it('every state has a fate', () => {
    expect(['in a case', 'waiting for verification', 'late, waiting for verification', 'refused', 'not taken', 'superseded by a later value', 'parked'].map((state) => fateOf(state))).toEqual(['case', 'pending', 'pending', 'refused', 'refused', 'superseded', 'other'])
  })
  it('what waits is listed by customer, each change with the words of its row', () => {
    const op = (kind: string, record: string, values = {}) => ({ op: 'set', kind, record, values, state: 'waiting for sync' })
    const items = pendingItems(answer({ entries: [{ number: 2, at: 't', ops: [op('customer', 'a'), op('communication', 'v', { customer_id: 'b' })] }, { number: 1, at: 't', ops: [op('customer', 'a')] }] }, [{ header: [], rows: [['', '', '', 'one'], ['', '', '', 'two'], ['', '', '', 'three']] }]))
    expect(byCustomer(items).map(([customer, of]) => [customer, of.map((each) => each.what)])).toEqual([['a', ['one', 'three']], ['b', ['two']]])
  })
  it('unsent values stand in place, all others beside the official one', () => {
    const lines = [{ field: 'fax', official: '-', mine: '1', state: 'waiting for sync' }, { field: 'name', official: 'A', mine: 'B', state: 'waiting for verification' }]
    expect(readingWith({ fax: 'x', name: 'y', town: 'T' }, lines)).toEqual({ fax: '1', name: 'A', town: 'T' })
    expect(pendingWords(lines, (key) => key).map((each) => [each.tone, each.text])).toEqual([['wait', ''], ['pending', 'B']])
    expect(lookOf('synced')).toBeUndefined()
  })
  it('the numbers of a report that say nothing are left out', () => {
    expect(countersOf({ sent: 3, attachments_sent: 0, received: 5, by_rule: 0, cases: 1 }).map((each) => [each.name, each.tone])).toEqual([['sent', ''], ['attachments_sent', ''], ['received', ''], ['cases', 'bad']])
    expect(countersOf(undefined)).toEqual([])
  })
  it('a conflict knows whose value is one’s own', () => {
    const kind: Kind = { tag: 'customer', word: 'customer', name: 'C', many: 'Cs', fields: [{ name: 'name', label: 'Name', type: 'text' }] }
    const data = { case: [{ id: 'x', number: 2, entity: 'customer', record_id: 'r', field: 'name', base_value: { name: 'A' }, current_value: { name: 'A' }, candidates: [{ at: 0, value: { name: 'B' } }, { at: 0, value: { name: 'C' } }], state: 'open', opened_at: 0 }] }
    const facts: [string, string][] = [['', '2'], ['', 'A'], ['', 'Name'], ['', 'open'], ['', 'A'], ['', 'A'], ['', 'B  — Li 2026-03-24 10:22'], ['', 'C  — Wang 2026-03-24 11:22']]
    const view = caseView(answer<OwnCase[]>(data, [{ facts }]), kind, 'Li', 'en')!
    expect(view.columns.map((each) => [each.key, each.by, each.mine, each.texts.name])).toEqual([['base', '', false, 'A'], ['by-1', 'Li', true, 'B'], ['by-2', 'Wang', false, 'C'], ['now', '', false, 'A']])
  })
})
