/** A DynamoDB value in wire form, e.g. `{ S: 'T-7K2M9Q' }`. */
export type AttributeValue = Record<string, unknown>;
export type Item = Record<string, AttributeValue>;

/** One change of an item, in the shape of a Lambda event's `Records[n]` (Lambda guide, "DynamoDB stream event"). */
export interface StreamRecord {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventVersion: '1.1';
  eventSource: 'aws:dynamodb';
  awsRegion: string;
  /** ARN of the stream. */
  eventSourceARN: string;
  dynamodb: {
    /** Epoch seconds of the virtual clock. */
    ApproximateCreationDateTime: number;
    Keys: Item;
    NewImage?: Item;
    OldImage?: Item;
    /** Digits; grows within the stream, compare by `BigInt`. */
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: string;
  };
  /** Only on removals by Time to Live. */
  userIdentity?: { type: 'Service'; principalId: 'dynamodb.amazonaws.com' };
}

/** The tables' streams as a reader of changes sees them: in order of writing, kept by position, told of without polling. */
export interface ChangeLog {
  streamArns(): string[];
  /** `after` is the `last` of an earlier read; undefined reads from the beginning (TRIM_HORIZON). */
  read(
    streamArn: string,
    after: string | undefined,
    limit: number,
  ): Promise<{ records: StreamRecord[]; last: string | undefined }>;
  /**
   * Calls `listener` synchronously after each write to the stream's table, before the writer is answered; returns how to
   * stop. A listener that reads later begins its activity in this call.
   */
  onChange(streamArn: string, listener: () => void): () => void;
}
