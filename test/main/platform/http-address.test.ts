import { describe, expect, test } from 'vitest'
import { isLocalhostName, isPrivateAddress } from '#main/platform/http-address.ts'
import { PrivateAddressError } from '#main/platform/http-connect.ts'
import { createHttp } from '#main/platform/http.ts'
import { refusalOf } from '../../contracts/edge.contract.ts'
import { startHttpServer } from './http-test-server.ts'

describe('private addresses', () => {
  test.each([
    '127.0.0.1',
    '127.255.255.254',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.127.255.255',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '192.0.0.192',
    '198.18.0.1',
    '203.0.113.5',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::10.0.0.1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '2001:db8::1',
    'not an address',
  ])('%s is one', (address) => {
    expect(isPrivateAddress(address)).toBe(true)
  })

  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '192.167.1.1',
    '169.253.1.1',
    '2606:4700::1111',
    '2a00:1450:4001::1',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ])('%s is none', (address) => {
    expect(isPrivateAddress(address)).toBe(false)
  })

  test.each(['localhost', 'LOCALHOST', 'localhost.', 'shop.localhost', 'a.b.localhost.'])('%s is this machine', (name) => {
    expect(isLocalhostName(name)).toBe(true)
  })
  test.each(['localhost.example.com', 'notlocalhost', 'xlocalhost'])('%s is not this machine', (name) => {
    expect(isLocalhostName(name)).toBe(false)
  })

  test('are refused however they are written, until exactly that host and port is registered', async () => {
    const server = await startHttpServer((_request, response) => response.end('inside'))
    const http = createHttp()
    const { port } = server
    const written = [
      `http://127.0.0.1:${port}`,
      `http://2130706433:${port}`,
      `http://0x7f.1:${port}`,
      `http://[::1]:${port}`,
      `http://[::ffff:127.0.0.1]:${port}`,
      `http://localhost:${port}`,
      `http://shop.localhost:${port}`,
      `http://0.0.0.0:${port}`,
    ]
    for (const url of written) {
      const refusal = await refusalOf(http.fetchPage(url))
      expect(refusal).toMatchObject({ code: 'UNREACHABLE', details: { retryable: false } })
      expect(refusal.message).toContain('private address')
      expect(refusal.cause).toBeInstanceOf(PrivateAddressError)
    }
    const release = http.allow(`shop.localhost:${port}`)
    const releaseAgain = http.allow(`http://shop.localhost:${port}/any/path`)
    expect((await http.fetchPage(`http://shop.localhost:${port}/`)).status).toBe(200)
    for (const url of written.filter((text) => !text.includes('shop')))
      expect((await refusalOf(http.fetchPage(url))).code).toBe('UNREACHABLE')
    expect((await refusalOf(http.fetchPage(`http://shop.localhost:${port + 1}/`))).message).toContain('private address')
    expect((await http.requestText(`http://127.0.0.1:${port}/`, { privateAllowed: true })).text).toBe('inside')
    release()
    release()
    expect((await http.fetchPage(`http://shop.localhost:${port}/`)).status).toBe(200)
    releaseAgain()
    await http.close()
    await server.stop()
  })
})
