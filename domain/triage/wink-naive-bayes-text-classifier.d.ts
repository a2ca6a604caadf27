/** The part of the library that the desk uses; it carries no types of its own. */
declare module 'wink-naive-bayes-text-classifier' {
  interface NaiveBayes {
    definePrepTasks(tasks: ReadonlyArray<(input: string) => string[]>): number;
    defineConfig(config: { considerOnlyPresence: boolean; smoothingFactor: number }): boolean;
    learn(input: string, label: string): boolean;
    consolidate(): boolean;
    /** Log odds to base 2, the likeliest label first. */
    computeOdds(input: string): Array<[label: string, odds: number]>;
    exportJSON(): string;
    importJSON(json: string): boolean;
  }
  export default function naiveBayesTextClassifier(): NaiveBayes;
}
