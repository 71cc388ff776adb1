"""What scripts written for wandb use, and lrscope has no place for: answered, harmless, and mentioned once."""
