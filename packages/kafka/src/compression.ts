import kafkajs from 'kafkajs';
import lz4 from 'lz4-napi';
import snappy from 'snappy';
import { ZSTDDecoder } from 'zstddec/stream';

const { CompressionCodecs, CompressionTypes } = kafkajs;

interface Encoder {
  readonly buffer: Buffer;
}

interface Codec {
  compress(encoder: Encoder): Promise<Buffer>;
  decompress(data: Buffer): Promise<Buffer>;
}

/** How Java's snappy streams begin: eight magic bytes, then two version numbers of four bytes each. */
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;

const snappyCodec: Codec = {
  compress: ({ buffer }) => snappy.compress(buffer),
  async decompress(data) {
    if (!data.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC))
      return bytes(await snappy.uncompress(data));
    const chunks: Buffer[] = [];
    for (let at = XERIAL_HEADER_BYTES; at < data.length; ) {
      const size = data.readUInt32BE(at);
      chunks.push(bytes(await snappy.uncompress(data.subarray(at + 4, at + 4 + size))));
      at += 4 + size;
    }
    return Buffer.concat(chunks);
  },
};

const lz4Codec: Codec = {
  compress: ({ buffer }) => lz4.compressFrame(buffer),
  decompress: (data) => lz4.decompressFrame(data),
};

const zstd = new ZSTDDecoder();

const zstdCodec: Codec = {
  // Tocsin reads zstd and never writes it: the decoder alone is a tenth of the size.
  compress: () => Promise.reject(new Error('zstd is read only: produce with gzip, snappy, lz4 or none')),
  async decompress(data) {
    await zstd.init();
    return Buffer.concat([...zstd.decodeStreaming([data])]);
  },
};

function bytes(data: string | Buffer): Buffer {
  return typeof data === 'string' ? Buffer.from(data) : data;
}

/** Teaches kafkajs, which brings gzip only, the three other compressions that Kafka's producers use. */
export function registerCodecs(): void {
  CompressionCodecs[CompressionTypes.Snappy] = () => snappyCodec;
  CompressionCodecs[CompressionTypes.LZ4] = () => lz4Codec;
  CompressionCodecs[CompressionTypes.ZSTD] = () => zstdCodec;
}
