import { describe, expect, it } from 'vitest';
import { clientAddressFor, type TrustedProxies } from '../../src/http/client-address.js';

describe('clientAddressFor', () => {
  const cases: [string, TrustedProxies, string | undefined, string | null, string][] = [
    ['trusts no header by default', 0, '10.0.0.1', '1.1.1.1', '10.0.0.1'],
    ['takes the entry of one proxy', 1, '10.0.0.1', '6.6.6.6, 1.1.1.1', '1.1.1.1'],
    ['takes the entry of two proxies', 2, '10.0.0.1', '6.6.6.6, 1.1.1.1, 10.0.0.2', '1.1.1.1'],
    ['is not fooled by a short header', 2, '10.0.0.1', '1.1.1.1', '1.1.1.1'],
    ['trusts a subnet', ['10.0.0.0/8'], '10.9.9.9', '6.6.6.6, 1.1.1.1, 10.1.1.1', '1.1.1.1'],
    ['trusts no peer outside of the list', ['10.0.0.0/8'], '11.0.0.1', '1.1.1.1', '11.0.0.1'],
    ['reads IPv4 in IPv6', ['10.0.0.1'], '::ffff:10.0.0.1', '1.1.1.1', '1.1.1.1'],
    ['reads IPv6 and ports', ['::1', '10.0.0.1'], '::1', '[2001:db8::1]:443, 10.0.0.1:80', '2001:db8::1'],
    ['stops at what is no address', 3, '10.0.0.1', '1.1.1.1, <script>, 10.0.0.2', '10.0.0.2'],
    ['has a word for no address', ['::1'], undefined, '1.1.1.1', 'unknown'],
    ['has a peer when nothing was forwarded', 1, '10.0.0.1', null, '10.0.0.1'],
  ];
  it.each(cases)('%s', (_what, trusted, peer, header, client) => {
    expect(clientAddressFor(trusted)(peer, header)).toBe(client);
  });

  it.each([[['nonsense']], [['10.0.0.0/33']], [['10.0.0.0/']], [-1]])('refuses %j', (trusted) => {
    expect(() => clientAddressFor(trusted)).toThrow(expect.objectContaining({ code: 'configuration' }));
  });
});
