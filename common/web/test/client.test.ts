import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { type Action, inputOf, perform } from '../shared/api/actions'
import { Refused, Unreachable } from '../shared/api/answer'
import { request, standing } from '../shared/api/client'

interface Asked {
  url: string
  method: string
  headers: Record<string, string>
  body?: string
}
let asked: Asked[] = []
let answers: { status: number; body: string }[] = []

beforeEach(() => {
  asked = []
  answers = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push({ url, method: init.method!, headers: init.headers as Record<string, string>, body: init.body as string | undefined })
    const next = answers.shift()
    if (!next) throw new TypeError('no network')
    return new Response(next.body, { status: next.status })
  })
  standing.csrf = 'token'
})
afterEach(() => vi.unstubAllGlobals())

const ok = (document: unknown = { parts: [], notes: [], data: null, next: '', code: 0 }) => answers.push({ status: 200, body: JSON.stringify(document) })
const action = (some: Partial<Action>): Action => ({ name: 'a.b', words: 'a b', help: '', method: 'GET', path: '/api/v1/a/b', may: true, inputs: [], ...some })

describe('carrying out an action', () => {
  it('puts what stands in the path there and the rest into the query of a reading one', async () => {
    ok()
    await perform(action({ path: '/api/v1/case/{number}/show' }), { number: 3, where: ['a=1', 'b~x'], empty: '' })
    expect(asked[0]!.url).toBe('/api/v1/case/3/show?where=a%3D1&where=b%7Ex')
    expect(asked[0]!.headers['X-CSRF-Token']).toBeUndefined()
  })
  it('sends a body and the token of the session where something changes', async () => {
    ok()
    await perform(action({ method: 'POST', path: '/api/v1/case/{number}/rule' }), { number: 3, take: '1' })
    expect(asked[0]).toMatchObject({ method: 'POST', url: '/api/v1/case/3/rule', body: '{"take":"1"}' })
    expect(asked[0]!.headers['X-CSRF-Token']).toBe('token')
  })
  it('calls inputs as the action does, with either sign between words', async () => {
    ok()
    const inputs = [{ key: 'dry-run', help: '', give: 'flag' as const, stands: false }]
    const batch = action({ method: 'POST', inputs })
    await perform(batch, { dry_run: true })
    expect(asked[0]!.body).toBe('{"dry-run":true}')
    expect(inputOf(batch, 'dry_run')?.key).toBe('dry-run')
  })
  it('a hostile id stays one part of the path', async () => {
    ok()
    await perform(action({ path: '/api/v1/x/{id}/show' }), { id: '../../session?x=<img src=x>' })
    expect(asked[0]!.url).toBe('/api/v1/x/..%2F..%2Fsession%3Fx%3D%3Cimg%20src%3Dx%3E/show')
  })
  it('a purpose goes in a header, in letters headers can hold', async () => {
    ok()
    await perform(action({}), {}, { purpose: '核对授信' })
    expect(asked[0]!.headers['X-Purpose']).toMatch(/^[\x20-\x7e]+$/)
    expect(decodeURIComponent(asked[0]!.headers['X-Purpose']!)).toBe('核对授信')
  })
})

describe('answers', () => {
  it('never turn the words around them', async () => {
    ok({ name: '明润\u202e司公', list: ['\u2066x'] })
    answers.push({ status: 200, body: '{"name":"a\\u202eb"}' })
    expect(await request('/api/v1/x')).toEqual({ name: '明润\ufffd司公', list: ['\ufffdx'] })
    expect(await request('/api/v1/x')).toEqual({ name: 'a\ufffdb' })
  })
})

describe('answers that are none', () => {
  it('no network is told apart from a refusal', async () => {
    await expect(request('/api/v1/x')).rejects.toBeInstanceOf(Unreachable)
  })
  it('a refusal keeps its name, its words and its status', async () => {
    answers.push({ status: 403, body: JSON.stringify({ refusal: { id: 'access.denied', code: 20, message: 'no' } }) })
    const error = await request('/api/v1/x').catch((each: unknown) => each)
    expect(error).toBeInstanceOf(Refused)
    expect(error).toMatchObject({ status: 403, refusal: { id: 'access.denied', message: 'no' } })
  })
  it('a refusal inside an answer that arrived is one too', async () => {
    ok({ refusal: { id: 'x', code: 1, message: 'no' } })
    await expect(request('/api/v1/x')).rejects.toBeInstanceOf(Refused)
  })
  it('text that is no document is told by its first line', async () => {
    answers.push({ status: 502, body: 'bad gateway\n<html>' })
    await expect(request('/api/v1/x')).rejects.toMatchObject({ refusal: { message: 'bad gateway' } })
  })
  it('a token that grew old is fetched anew, once', async () => {
    const forged = { status: 403, body: JSON.stringify({ refusal: { id: 'console.forged', code: 20, message: 'old' } }) }
    standing.renew = async () => void (standing.csrf = 'fresh')
    answers.push(forged)
    ok({ fine: true })
    expect(await request('/api/v1/x', { method: 'POST', body: {} })).toEqual({ fine: true })
    expect(asked[1]!.headers['X-CSRF-Token']).toBe('fresh')
    answers.push(forged, forged)
    await expect(request('/api/v1/x', { method: 'POST', body: {} })).rejects.toBeInstanceOf(Refused)
  })
  it('a session that is over signs out; a wrong password does not', async () => {
    const out = vi.fn()
    standing.signedOut = out
    answers.push({ status: 401, body: JSON.stringify({ refusal: { id: 'session.wrong', code: 12, message: '' } }) })
    await request('/api/v1/session', { method: 'POST' }).catch(() => {})
    expect(out).not.toHaveBeenCalled()
    answers.push({ status: 401, body: JSON.stringify({ refusal: { id: 'session.over', code: 12, message: '' } }) })
    await request('/api/v1/x').catch(() => {})
    expect(out).toHaveBeenCalledOnce()
  })
})
