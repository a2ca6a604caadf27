/** Whether a write was refused because its condition did not hold. */
export const isConditionFailure = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';

/** Awaits a write that has a condition: false when the condition did not hold. Any other error is thrown. */
export const conditionHeld = async (sending: Promise<unknown>): Promise<boolean> => {
  try {
    await sending;
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
};
