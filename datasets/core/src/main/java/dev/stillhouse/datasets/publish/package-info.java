/** How a stage's datasets become visible: fresh run folders, manifests, one pointer a stage, one lease a workspace. Imports Spark SQL, Hadoop and Jackson. */
@NullMarked
package dev.stillhouse.datasets.publish;

import org.jspecify.annotations.NullMarked;
