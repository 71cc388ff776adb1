/** Where a rule comes from. */
export interface Source {
  authors: string;
  year: number;
  title: string;
  /** A DOI or an arXiv identifier; null where there is none that we are sure of. */
  url: string | null;
}

const arxiv = (authors: string, year: number, title: string, id: string): Source => ({
  authors,
  year,
  title,
  url: `https://arxiv.org/abs/${id}`,
});

export const SOURCES = {
  bergsma2025: arxiv(
    "Bergsma et al.",
    2025,
    "Straight to Zero: Why Linearly Decaying the Learning Rate to Zero Works Best for LLMs",
    "2502.15938",
  ),
  brown2020: arxiv("Brown et al.", 2020, "Language Models are Few-Shot Learners", "2005.14165"),
  chen2017: arxiv(
    "Chen et al.",
    2017,
    "DeepLab: Semantic Image Segmentation with Deep Convolutional Nets, Atrous Convolution, and Fully Connected CRFs",
    "1606.00915",
  ),
  chen2023: arxiv("Chen et al.", 2023, "Symbolic Discovery of Optimization Algorithms", "2302.06675"),
  defazio2023: arxiv(
    "Defazio & Mishchenko",
    2023,
    "Learning-Rate-Free Learning by D-Adaptation",
    "2301.07733",
  ),
  defazio2024: arxiv("Defazio et al.", 2024, "The Road Less Scheduled", "2405.15682"),
  devlin2019: arxiv(
    "Devlin et al.",
    2019,
    "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
    "1810.04805",
  ),
  dosovitskiy2021: arxiv(
    "Dosovitskiy et al.",
    2021,
    "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale",
    "2010.11929",
  ),
  goyal2017: arxiv(
    "Goyal et al.",
    2017,
    "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour",
    "1706.02677",
  ),
  hagele2024: arxiv(
    "Hägele et al.",
    2024,
    "Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations",
    "2405.18392",
  ),
  he2016: arxiv("He et al.", 2016, "Deep Residual Learning for Image Recognition", "1512.03385"),
  he2019: arxiv(
    "He et al.",
    2019,
    "Bag of Tricks for Image Classification with Convolutional Neural Networks",
    "1812.01187",
  ),
  hoffer2017: arxiv(
    "Hoffer et al.",
    2017,
    "Train longer, generalize better: closing the generalization gap in large batch training of neural networks",
    "1705.08741",
  ),
  hoffmann2022: arxiv(
    "Hoffmann et al.",
    2022,
    "Training Compute-Optimal Large Language Models",
    "2203.15556",
  ),
  hu2024: arxiv(
    "Hu et al.",
    2024,
    "MiniCPM: Unveiling the Potential of Small Language Models with Scalable Training Strategies",
    "2404.06395",
  ),
  kingma2015: arxiv("Kingma & Ba", 2015, "Adam: A Method for Stochastic Optimization", "1412.6980"),
  liu2020: arxiv(
    "Liu et al.",
    2020,
    "On the Variance of the Adaptive Learning Rate and Beyond",
    "1908.03265",
  ),
  loshchilov2017: arxiv(
    "Loshchilov & Hutter",
    2017,
    "SGDR: Stochastic Gradient Descent with Warm Restarts",
    "1608.03983",
  ),
  ma2021: arxiv(
    "Ma & Yarats",
    2021,
    "On the adequacy of untuned warmup for adaptive optimization",
    "1910.04209",
  ),
  malladi2022: arxiv(
    "Malladi et al.",
    2022,
    "On the SDEs and Scaling Rules for Adaptive Gradient Algorithms",
    "2205.10287",
  ),
  mishchenko2024: arxiv(
    "Mishchenko & Defazio",
    2024,
    "Prodigy: An Expeditiously Adaptive Parameter-Free Learner",
    "2306.06101",
  ),
  pascanu2013: arxiv(
    "Pascanu et al.",
    2013,
    "On the difficulty of training Recurrent Neural Networks",
    "1211.5063",
  ),
  robbins1951: {
    authors: "Robbins & Monro",
    year: 1951,
    title: "A Stochastic Approximation Method",
    url: "https://doi.org/10.1214/aoms/1177729586",
  },
  shazeer2018: arxiv(
    "Shazeer & Stern",
    2018,
    "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost",
    "1804.04235",
  ),
  smith2017: arxiv("Smith", 2017, "Cyclical Learning Rates for Training Neural Networks", "1506.01186"),
  smithTopin2018: arxiv(
    "Smith & Topin",
    2018,
    "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates",
    "1708.07120",
  ),
  touvron2021: arxiv(
    "Touvron et al.",
    2021,
    "Training data-efficient image transformers & distillation through attention",
    "2012.12877",
  ),
  vaswani2017: arxiv("Vaswani et al.", 2017, "Attention Is All You Need", "1706.03762"),
  wilson2017: arxiv(
    "Wilson et al.",
    2017,
    "The Marginal Value of Adaptive Gradient Methods in Machine Learning",
    "1705.08292",
  ),
} as const satisfies Record<string, Source>;

export type SourceId = keyof typeof SOURCES;
