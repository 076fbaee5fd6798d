// msgpack, for the wire's control bodies and for files. The only place that knows the library.

// Its part without streams and without a search for a native helper: those cost 10 ms of every start.
import { Packr } from 'msgpackr/pack';

// Plain maps: records (msgpackr's own extension) would tie files and wire to this library.
const packr = new Packr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number' });

const giveBuffer = packr.useBuffer.bind(packr);

/** Bytes of the buffer that the library starts with, and that it may keep: it grows that to four times a value, and never makes it smaller. */
const [firstBytes, keptBytes] = [8 * 1024, 64 * 1024];

/** msgpack of a plain value. */
export function pack(value: unknown): Uint8Array {
  const bytes = packr.pack(value);
  if (bytes.buffer.byteLength > keptBytes) {
    // By `slice` as it is of all typed arrays, a copy becomes what the library wants: a Buffer, where the runtime has those.
    giveBuffer(Uint8Array.prototype.slice.call(bytes, 0, firstBytes));
  }
  return bytes;
}

/**
 * Packs values that mostly say the same as the one before: such a one gives the same bytes again, which nobody may change. Told
 * by its JSON, which the runtime makes in a fraction of the time.
 */
export function packOnce(): (value: unknown) => Uint8Array {
  let last: { text: string; bytes: Uint8Array } | null = null;
  return (value) => {
    const text = JSON.stringify(value);
    if (last?.text !== text) last = { text, bytes: Uint8Array.from(pack(value)) };
    return last.bytes;
  };
}

/** The value in `bytes`. Throws on anything that is not exactly one msgpack value. Validate what comes from outside. */
export function unpack(bytes: Uint8Array): unknown {
  return packr.unpack(bytes);
}
