import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';

/** What a function needs to read or make the signed links in mails. */
export class Links {
  private readonly secret: Secret;
  private readonly publicUrl: string;
  private readonly deskAddress: string;

  /** publicUrl without a slash at its end: https://abc.execute-api.eu-central-1.amazonaws.com */
  constructor(secret: Secret, publicUrl: string, deskAddress: string) {
    this.secret = secret;
    this.publicUrl = publicUrl;
    this.deskAddress = deskAddress;
  }

  /** Variables of a function that checks links. */
  get toRead(): { LINK_SECRET_ARN: string } {
    return { LINK_SECRET_ARN: this.secret.secretArn };
  }

  /** Variables of a function that makes links and signed reply addresses. */
  get toMake(): { LINK_SECRET_ARN: string; PUBLIC_URL: string; DESK_ADDRESS: string } {
    return { ...this.toRead, PUBLIC_URL: this.publicUrl, DESK_ADDRESS: this.deskAddress };
  }

  /** Signing and checking take the same key. */
  grantKey(...grantees: IGrantable[]): void {
    for (const grantee of grantees) this.secret.grantRead(grantee);
  }
}
