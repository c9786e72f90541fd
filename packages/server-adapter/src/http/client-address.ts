import { BlockList, isIP } from 'node:net';
import { WorkflowError } from '@fk-workflow/core';

/** How many proxies stand in front, or their addresses and subnets (`10.0.0.0/8`). */
export type TrustedProxies = number | readonly string[];

/** Finds the client's address out of the socket's peer and `X-Forwarded-For`. */
export type ClientAddress = (peer: string | undefined, forwardedFor: string | null) => string;

/**
 * Makes a {@link ClientAddress}. It walks from the peer to the left through `X-Forwarded-For` as long as the hop it
 * stands on is trusted, so a client can never choose its own address. Without any address it is `unknown`.
 * Throws `configuration` when an address of the list is none.
 */
export const clientAddressFor = (trusted: TrustedProxies): ClientAddress => {
  const trusts = trustTest(trusted);
  return (peer, forwardedFor) => {
    const hops = [peer ?? 'unknown', ...(forwardedFor ?? '').split(',').reverse()].map(plainAddress);
    let at = 0;
    for (const [hop, address] of hops.entries()) {
      if (hop > 0 && (isIP(address) === 0 || !trusts(hops[at] ?? '', at))) break;
      at = hop;
    }
    return hops[at] ?? 'unknown';
  };
};

type TrustTest = (address: string, hop: number) => boolean;

const trustTest = (trusted: TrustedProxies): TrustTest => {
  if (typeof trusted === 'number') {
    if (Number.isSafeInteger(trusted) && trusted >= 0) return (_address, hop) => hop < trusted;
    throw new WorkflowError('configuration', `trustedProxies is ${trusted}: give a whole number from 0.`);
  }
  const list = new BlockList();
  for (const entry of trusted) addTo(list, entry);
  return (address) => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };
};

const addTo = (list: BlockList, entry: string): void => {
  const [address = '', prefix] = entry.split('/');
  const version = isIP(address);
  const bits = version === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix);
  if (version === 0 || !Number.isInteger(length) || length < 0 || length > bits || prefix === '') {
    throw new WorkflowError(
      'configuration',
      `trustedProxies has "${entry}": give addresses or subnets such as 10.0.0.0/8.`,
    );
  }
  list.addSubnet(address, length, version === 6 ? 'ipv6' : 'ipv4');
};

/** Without port, brackets and the IPv6 form of IPv4 addresses. */
const plainAddress = (text: string): string => {
  const trimmed = text.trim();
  const bare = /^\[(.+)\](?::\d+)?$/.exec(trimmed)?.[1] ?? /^([\d.]+):\d+$/.exec(trimmed)?.[1] ?? trimmed;
  return bare.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
};
